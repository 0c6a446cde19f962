/**
 * Draws a picture through a colour table, as the film does (core/video/plan/look.ts): adjusted, clipped, then between the table's
 * nodes by tetrahedra. WebGL 2; where there is none, lut-hand.ts.
 */
import { colourTransfer } from '../../../../../core/model/timeline/framing.ts';
import { PLAIN } from '../../../../../core/model/timeline/look.ts';
import { LutByHand } from './lut-hand.ts';
import type { TableLook } from './lut-pixels.ts';
import type { Table } from './lut-tables.ts';

const VERTEX = `#version 300 es
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  at = vec2(corner.x, 1.0 - corner.y);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler3D;
uniform sampler2D picture;
uniform sampler3D table;
uniform int size;
uniform bool cube;
uniform float strength;
uniform vec3 slope;
uniform float intercept;
uniform mat3 mixing;
in vec2 at;
out vec4 shown;
vec3 node(int r, int g, int b) { return texelFetch(table, ivec3(r, g, b), 0).rgb; }
float curve(float value, int channel) {
  float place = value * float(size - 1);
  int low = min(int(place), size - 2);
  return mix(node(low, 0, 0)[channel], node(low + 1, 0, 0)[channel], place - float(low));
}
vec3 looked(vec3 c) {
  if (!cube) return vec3(curve(c.r, 0), curve(c.g, 1), curve(c.b, 2));
  vec3 place = c * float(size - 1);
  ivec3 p = min(ivec3(place), ivec3(size - 2));
  vec3 d = place - vec3(p);
  vec3 first = node(p.r, p.g, p.b);
  vec3 last = node(p.r + 1, p.g + 1, p.b + 1);
  if (d.r > d.g) {
    if (d.g > d.b)
      return (1.0 - d.r) * first + (d.r - d.g) * node(p.r + 1, p.g, p.b) + (d.g - d.b) * node(p.r + 1, p.g + 1, p.b) + d.b * last;
    if (d.r > d.b)
      return (1.0 - d.r) * first + (d.r - d.b) * node(p.r + 1, p.g, p.b) + (d.b - d.g) * node(p.r + 1, p.g, p.b + 1) + d.g * last;
    return (1.0 - d.b) * first + (d.b - d.r) * node(p.r, p.g, p.b + 1) + (d.r - d.g) * node(p.r + 1, p.g, p.b + 1) + d.g * last;
  }
  if (d.b > d.g)
    return (1.0 - d.b) * first + (d.b - d.g) * node(p.r, p.g, p.b + 1) + (d.g - d.r) * node(p.r, p.g + 1, p.b + 1) + d.r * last;
  if (d.b > d.r)
    return (1.0 - d.g) * first + (d.g - d.b) * node(p.r, p.g + 1, p.b) + (d.b - d.r) * node(p.r, p.g + 1, p.b + 1) + d.r * last;
  return (1.0 - d.g) * first + (d.g - d.r) * node(p.r, p.g + 1, p.b) + (d.r - d.b) * node(p.r + 1, p.g + 1, p.b) + d.b * last;
}
void main() {
  vec4 seen = texture(picture, at);
  vec3 c = clamp(seen.rgb * slope + intercept, 0.0, 1.0);
  c = clamp(mixing * c, 0.0, 1.0);
  shown = vec4(mix(c, looked(c), strength), seen.a);
}`;

/** Larger pictures are drawn smaller: no stage has more points. */
const LONGEST = 1920;

function compiled(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}

/** Nearest and clamped: the program goes between the nodes itself. */
function texture(gl: WebGL2RenderingContext, unit: number, target: number, filter: number): void {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(target, gl.createTexture());
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, filter);
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, filter);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(target, side, gl.CLAMP_TO_EDGE);
}

let possible: boolean | null = null;
/** Whether this computer's graphics can draw through colour tables. */
function hasWebGl2(): boolean {
  if (possible === null) {
    const gl = document.createElement('canvas').getContext('webgl2');
    possible = gl !== null && compiled(gl) !== null;
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return possible;
}

/** What draws through colour tables on this computer. */
export const newGlass = (): LutGlass | LutByHand => (hasWebGl2() ? new LutGlass() : new LutByHand());

export class LutGlass {
  readonly canvas = document.createElement('canvas');
  readonly #gl: WebGL2RenderingContext | null;
  readonly #program: WebGLProgram | null = null;
  #table: Table | null = null;

  constructor() {
    this.canvas.className = 'glass';
    this.canvas.setAttribute('aria-hidden', 'true');
    this.#gl = this.canvas.getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: false });
    const gl = this.#gl;
    if (!gl) return;
    this.#program = compiled(gl);
    texture(gl, 0, gl.TEXTURE_2D, gl.LINEAR);
    texture(gl, 1, gl.TEXTURE_3D, gl.NEAREST);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  }

  #setTable(gl: WebGL2RenderingContext, table: Table): void {
    if (this.#table === table) return;
    this.#table = table;
    const { size, values, dimensions } = table;
    const depth = dimensions === 3 ? size : 1;
    gl.activeTexture(gl.TEXTURE1);
    gl.texImage3D(gl.TEXTURE_3D, 0, gl.RGB32F, size, depth, depth, 0, gl.RGB, gl.FLOAT, values);
  }

  /** Draws the picture; false where it cannot be. `size`: of the picture in its own pixels. `plays`: the next one comes soon. */
  draw(
    picture: HTMLVideoElement | HTMLImageElement | HTMLCanvasElement,
    size: { width: number; height: number },
    look: TableLook & { plays: boolean },
  ): boolean {
    const [gl, program, { canvas }] = [this.#gl, this.#program, this];
    if (!gl || !program || gl.isContextLost()) return false;
    const by = Math.min(1, LONGEST / Math.max(size.width, size.height));
    const [width, height] = [Math.round(size.width * by), Math.round(size.height * by)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, width, height);
    this.#setTable(gl, look.table);
    gl.activeTexture(gl.TEXTURE0);
    try {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    } catch {
      // A picture the page may show but not read.
      return false;
    }
    gl.useProgram(program);
    const at = (name: string) => gl.getUniformLocation(program, name);
    const { slope, intercept, matrix } = colourTransfer(look.colours ?? PLAIN);
    gl.uniform1i(at('picture'), 0);
    gl.uniform1i(at('table'), 1);
    gl.uniform1i(at('size'), look.table.size);
    gl.uniform1i(at('cube'), look.table.dimensions === 3 ? 1 : 0);
    gl.uniform1f(at('strength'), look.strength);
    gl.uniform3f(at('slope'), ...slope);
    gl.uniform1f(at('intercept'), intercept);
    // Row by row, as the other side counts columns first.
    gl.uniformMatrix3fv(at('mixing'), true, matrix);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    return true;
  }

  destroy(): void {
    this.canvas.remove();
    this.#gl?.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
