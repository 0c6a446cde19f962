/** Colour conversion shared by posters and proxies. */

/**
 * HDR (PQ or HLG, BT.2020) to ordinary BT.709: linear light at a nominal 100 cd/m², BT.709 primaries, Hable's curve
 * (https://ffmpeg.org/ffmpeg-filters.html#tonemap-1). Needs the filters `zscale` and `tonemap`.
 */
export const DISPLAY_TRANSFORM_TO_SDR = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
  'format=yuv420p',
].join(',');
