Creator "igraph version 1.0.0 Mon Nov 30 07:46:00 2026"
Version 1
graph
[
  directed 0
  name "Ferry ring"
  Author "Desk"
  node
  [
    id 0
    name "Hale Shipping"
    sector "sea"
    staff 120
    listed 1
  ]
  node
  [
    id 1
    name "Iona &quot;Io&quot; Reyes"
    sector ""
    staff 1
    listed 0
  ]
  node
  [
    id 2
    name "Jarl Bank"
    sector "money"
    staff 3500
    listed 1
  ]
  node
  [
    id 3
    name "Köster"
    sector "law"
    listed 0
  ]
  edge
  [
    source 1
    target 0
    kind "employs"
    weight 1
  ]
  edge
  [
    source 2
    target 1
    kind "owns"
    weight 25.5
  ]
  edge
  [
    source 1
    target 0
    kind "pays"
    weight 3.25
  ]
  edge
  [
    source 3
    target 3
    kind "advises"
  ]
]
