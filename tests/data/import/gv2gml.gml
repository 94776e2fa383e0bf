graph [
  version 2
  directed 1
  node [
    id 0
    name "a"
    label "Ada Finch"
    graphics [
      type "box"
    ]
    LabelGraphics [
      text "Ada Finch"
    ]
  ]
  node [
    id 1
    name "b"
    label "Bell & Co"
    graphics [
      fill "#228833"
    ]
    LabelGraphics [
      text "Bell & Co"
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
    id 2
    source 1
    target 0
  ]
]
