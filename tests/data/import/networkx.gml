graph [
  directed 1
  multigraph 1
  name "Quayside"
  node [
    id 0
    label "kestrel"
    kind "company"
    founded 1998
    listed 1
    revenue 12.5
    tags "port"
    tags "fund"
  ]
  node [
    id 1
    label "marlow"
    kind "company"
    founded 2004
    listed 0
    revenue 0.0001
    tags "_networkx_list_start"
    tags "port"
  ]
  node [
    id 2
    label "odile"
    kind "person"
  ]
  node [
    id 3
    label "alone"
  ]
  edge [
    source 0
    target 1
    key 0
    kind "owns"
    weight 51.5
    since "2011-03"
  ]
  edge [
    source 0
    target 1
    key 1
    kind "supplies"
    weight 4.0
  ]
  edge [
    source 1
    target 0
    key 0
    kind "lends to"
    weight 3.E-07
  ]
  edge [
    source 2
    target 0
    key 0
    kind "chairs"
    weight 1.0
  ]
  edge [
    source 2
    target 2
    key 0
    kind "pays"
    weight 2.0
  ]
]
