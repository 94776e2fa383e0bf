// Dots and ties of a large map. Positions are points of the window, colors are in gamma space and premultiplied, as in
// egui's own shader.

struct Camera {
    // Size of the window, and where the origin of the instances is.
    screen: vec2<f32>,
    offset: vec2<f32>,
    // The visible rectangle.
    view_min: vec2<f32>,
    view_max: vec2<f32>,
    scale: f32,
    // Size of a pixel.
    pixel: f32,
    // 0: colors of areas, 1: colors of kinds.
    middle: f32,
    // Whether the target takes linear colors.
    is_linear: f32,
    tie_width: f32,
    within: f32,
    between: f32,
    // Factor on the opacity of ties that lead out of the view.
    leaving: f32,
    bent_from: f32,
    bow: f32,
    // Ties from this place in sampling order on aren't drawn.
    tie_limit: u32,
    tie_strength: f32,
    dot_least: f32,
    dot_most: f32,
    dot_opacity: f32,
    dot_strength: f32,
    ring: f32,
    unused_1: f32,
    unused_2: f32,
    unused_3: f32,
    rim_from: vec4<f32>,
    rim_width: vec4<f32>,
    fades: vec4<f32>,
    background: vec4<f32>,
    text: vec4<f32>,
};

@group(0) @binding(0) var<uniform> camera: Camera;

const NOWHERE = vec4<f32>(2.0, 2.0, 0.0, 1.0);

fn in_window(world: vec2<f32>) -> vec2<f32> {
    return world * camera.scale + camera.offset;
}

fn in_target(pos: vec2<f32>) -> vec4<f32> {
    return vec4<f32>(2.0 * pos.x / camera.screen.x - 1.0, 1.0 - 2.0 * pos.y / camera.screen.y, 0.0, 1.0);
}

fn is_seen(pos: vec2<f32>) -> bool {
    return all(pos >= camera.view_min) && all(pos <= camera.view_max);
}

// Color that fades into the background where the selection is elsewhere.
fn faded(color: vec3<f32>, strength: f32) -> vec3<f32> {
    return mix(camera.background.rgb, color, strength);
}

fn encoded(color: vec4<f32>) -> vec4<f32> {
    if camera.is_linear < 0.5 {
        return color;
    }
    let low = color.rgb / 12.92;
    let high = pow((color.rgb + 0.055) / 1.055, vec3<f32>(2.4));
    return vec4<f32>(select(high, low, color.rgb < vec3<f32>(0.04045)), color.a);
}

struct Tie {
    @location(0) from_end: vec2<f32>,
    @location(1) to_end: vec2<f32>,
    @location(2) far: vec4<f32>,
    @location(3) middle: vec4<f32>,
    @location(4) rank: u32,
};

struct Line {
    @builtin(position) position: vec4<f32>,
    @location(0) across: f32,
    @location(1) along: f32,
    @location(2) @interpolate(flat) color: vec4<f32>,
    @location(3) @interpolate(flat) is_bent: f32,
};

// Half the width of what is filled: a line thinner than a pixel is as wide as one, but fainter.
fn reach() -> f32 {
    return max(camera.tie_width / 2.0 + camera.pixel / 2.0, camera.pixel);
}

fn line(tie: Tie, along: f32, side: f32, may_bend: bool) -> Line {
    var out: Line;
    let a = in_window(tie.from_end);
    let b = in_window(tie.to_end);
    let way = b - a;
    let span = length(way);
    let sees_a = is_seen(a);
    let sees_b = is_seen(b);
    if tie.rank >= camera.tie_limit || span == 0.0 || !(sees_a || sees_b) {
        out.position = NOWHERE;
        return out;
    }
    let is_bent = may_bend && span > camera.bent_from;
    let bow = select(0.0, camera.bow, is_bent);
    let control = (a + b) / 2.0 + vec2<f32>(way.y, -way.x) * bow;
    let here = mix(mix(a, control, along), mix(control, b, along), along);
    let direction = mix(control - a, b - control, along);
    let normal = normalize(vec2<f32>(direction.y, -direction.x));
    out.position = in_target(here + normal * (side * reach()));
    out.across = side * reach();
    out.along = along;
    let opacity = select(camera.within, camera.between, may_bend) * select(camera.leaving, 1.0, sees_a && sees_b);
    out.color = vec4<f32>(faded(mix(tie.far.rgb, tie.middle.rgb, camera.middle), camera.tie_strength), opacity);
    out.is_bent = select(0.0, 1.0, is_bent);
    return out;
}

// A strip of four corners.
@vertex
fn straight(tie: Tie, @builtin(vertex_index) corner: u32) -> Line {
    return line(tie, f32(corner / 2u), f32(corner % 2u) * 2.0 - 1.0, false);
}

// A strip along eight pieces.
@vertex
fn bent(tie: Tie, @builtin(vertex_index) corner: u32) -> Line {
    return line(tie, f32(corner / 2u) / 8.0, f32(corner % 2u) * 2.0 - 1.0, true);
}

@fragment
fn ink(in: Line) -> @location(0) vec4<f32> {
    let distance = abs(in.across);
    var cover = clamp((camera.tie_width / 2.0 - distance) / camera.pixel + 0.5, 0.0, 1.0);
    if camera.tie_width < camera.pixel {
        cover = camera.tie_width / camera.pixel * clamp(1.0 - distance / camera.pixel, 0.0, 1.0);
    }
    let piece = clamp(floor(in.along * 8.0), 0.0, 7.0);
    let from_end = min(piece, 7.0 - piece);
    var fade = camera.fades.w;
    if from_end < 0.5 {
        fade = camera.fades.x;
    } else if from_end < 1.5 {
        fade = camera.fades.y;
    } else if from_end < 2.5 {
        fade = camera.fades.z;
    }
    let opacity = min(in.color.a * mix(1.0, fade, in.is_bent), 1.0) * cover;
    return encoded(vec4<f32>(in.color.rgb * opacity, opacity));
}

struct Dot {
    @location(0) center: vec2<f32>,
    // Size between the least and the largest.
    @location(1) share: f32,
    // The color, and whether it is a bridge.
    @location(2) far: vec4<f32>,
    @location(3) middle: vec4<f32>,
};

struct Disc {
    @builtin(position) position: vec4<f32>,
    @location(0) local: vec2<f32>,
    @location(1) @interpolate(flat) color: vec3<f32>,
    // Radius, width of the rim, radius of the ring or 0.
    @location(2) @interpolate(flat) sizes: vec3<f32>,
};

fn rim_at(radius: f32) -> f32 {
    if radius >= camera.rim_from.w {
        return camera.rim_width.w;
    }
    if radius >= camera.rim_from.z {
        return camera.rim_width.z;
    }
    if radius >= camera.rim_from.y {
        return camera.rim_width.y;
    }
    return select(0.0, camera.rim_width.x, radius >= camera.rim_from.x);
}

@vertex
fn dot_corner(dot: Dot, @builtin(vertex_index) corner: u32) -> Disc {
    var out: Disc;
    let radius = mix(camera.dot_least, camera.dot_most, dot.share);
    let rim = rim_at(radius);
    let ring = select(0.0, radius + max(rim, 0.5), dot.far.a > 0.5);
    let reach = max(radius + rim, ring + camera.ring / 2.0) + camera.pixel;
    let center = in_window(dot.center);
    out.local = vec2<f32>(f32(corner / 2u), f32(corner % 2u)) * (2.0 * reach) - reach;
    out.position = in_target(center + out.local);
    if any(center + reach < camera.view_min) || any(center - reach > camera.view_max) {
        out.position = NOWHERE;
    }
    out.color = faded(mix(dot.far.rgb, dot.middle.rgb, camera.middle), camera.dot_strength);
    out.sizes = vec3<f32>(radius, rim, ring);
    return out;
}

fn disc(distance: f32, radius: f32) -> f32 {
    return clamp((radius - distance) / camera.pixel + 0.5, 0.0, 1.0);
}

fn over(below: vec4<f32>, color: vec3<f32>, opacity: f32) -> vec4<f32> {
    return vec4<f32>(color * opacity, opacity) + below * (1.0 - opacity);
}

@fragment
fn mark(in: Disc) -> @location(0) vec4<f32> {
    let distance = length(in.local);
    let radius = in.sizes.x;
    var out = vec4<f32>(0.0);
    var opacity = camera.dot_opacity;
    if in.sizes.y > 0.0 {
        out = over(out, camera.background.rgb, disc(distance, radius + in.sizes.y));
        opacity = 1.0;
    }
    out = over(out, in.color, opacity * disc(distance, radius));
    if in.sizes.z > 0.0 {
        let cover = disc(distance, in.sizes.z + camera.ring / 2.0) - disc(distance, in.sizes.z - camera.ring / 2.0);
        out = over(out, faded(camera.text.rgb, camera.dot_strength), cover);
    }
    return encoded(out);
}
