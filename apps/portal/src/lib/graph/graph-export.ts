import type { PictureColours } from './graph-svg.ts';

/** Sharp on dense screens and in slides. */
const pngScale = 2;
/** Browsers refuse canvases beyond about 16,000 pixels a side and make them blank. */
const maxPngSide = 12_000;

/** The colours of the theme that is on, as plain values. */
export function currentColours(): PictureColours {
  const tokens = getComputedStyle(document.documentElement);
  const colour = (name: string) => tokens.getPropertyValue(name).trim();
  return {
    surface: colour('--wm-surface'),
    box: colour('--wm-raised'),
    border: colour('--wm-border-strong'),
    line: colour('--wm-text-faint'),
    text: colour('--wm-text'),
    dim: colour('--wm-text-dim'),
    accent: colour('--wm-accent'),
    warning: colour('--wm-warning'),
  };
}

/** Draws an SVG document into a PNG. Rejects where the browser cannot. */
export async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image();
  // A data address: the page's policy allows pictures from no other place that a script could fill.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const scale = Math.min(pngScale, maxPngSide / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.naturalWidth * scale);
  canvas.height = Math.round(picture.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))));
  });
}
