Creator	"yFiles"
Version	"2.17"
graph
[
	hierarchic	1
	label	""
	directed	1
	node
	[
		id	0
		label	"Hale &#38; S&#246;ns"
		graphics
		[
			x	105.0
			y	75.0
			w	130.0
			h	30.0
			type	"roundrectangle"
			fill	"#FFCC00"
			outline	"#000000"
		]
		LabelGraphics
		[
			text	"Hale &#38; S&#246;ns"
			fontSize	12
			anchor	"c"
		]
		gid	2
	]
	node
	[
		id	1
		label	"Iona"
		graphics
		[
			x	405.5
			y	75.0
			w	30.0
			h	30.0
			type	"ellipse"
			fill	"#99CC00"
		]
		gid	2
	]
	node
	[
		id	2
		label	"The yard"
		graphics
		[
			x	250.0
			y	60.0
			w	400.0
			h	120.0
			type	"rectangle"
		]
		isGroup	1
	]
	edge
	[
		source	0
		target	1
		label	"employs"
		graphics
		[
			fill	"#000000"
			targetArrow	"standard"
		]
	]
	edge
	[
		source	0
		target	1
		graphics
		[
			fill	"#FF0000"
			sourceArrow	"standard"
		]
	]
	edge
	[
		source	1
		target	2
		graphics
		[
			fill	"#000000"
			sourceArrow	"standard"
			targetArrow	"delta"
		]
	]
]
