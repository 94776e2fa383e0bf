graph [
  version 2
  directed 0
  node [
    id 0
    name "a"
    label "Ada"
    graphics [
      type "box"
    ]
    LabelGraphics [
      text "Ada"
    ]
  ]
  node [
    id 1
    name "b"
    label "<b>Bell</b> &amp; Co"
    graphics [
      type "box"
    ]
    LabelGraphics [
      text "<b>Bell</b> &amp; Co"
    ]
  ]
  node [
    id 2
    name "c"
    label "{<f0> Cyd|port}"
    graphics [
      type "record"
    ]
    LabelGraphics [
      text "{<f0> Cyd|port}"
    ]
  ]
  node [
    id 3
    name "d"
    graphics [
      type "box"
      fill "red"
      outline "red"
    ]
  ]
  edge [
    id 1
    source 0
    target 1
    label "knows"
    LabelGraphics [
      text "knows"
    ]
  ]
  edge [
    id 3
    source 0
    target 3
  ]
  edge [
    id 2
    source 1
    target 2
    label "knows"
    LabelGraphics [
      text "knows"
    ]
  ]
  edge [
    id 4
    source 1
    target 3
  ]
]
