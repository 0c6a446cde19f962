/** From "the person chose or dropped these files" to sources the contract takes. */
import type { ImportSource } from '../../../core/model/contract/index.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { desktop } from './bridge.ts';
import { LINE_LOST } from './connection.ts';

export const MEDIA_EXTENSIONS = [
  'mp4',
  'mov',
  'm4v',
  'mkv',
  'webm',
  'avi',
  'mts',
  'm2ts',
  'mpg',
  'mpeg',
  '3gp',
  'wmv',
  'flv',
  'mp3',
  'wav',
  'm4a',
  'aac',
  'flac',
  'ogg',
  'opus',
  'wma',
  'amr',
  'jpg',
  'jpeg',
  'png',
  'webp',
  'gif',
  'heic',
  'heif',
  'avif',
  'tif',
  'tiff',
  'bmp',
  'svg',
];
export const IMAGE_EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'heic', 'heif', 'avif', 'tif', 'tiff', 'bmp'];
export const DOCUMENT_EXTENSIONS = ['docx', 'md', 'markdown', 'html', 'htm', 'txt'];

/** Lower-case extension of a file name, without the dot; empty when it has none. */
export function extensionOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The name a source is known by: its last path part, or the name of the upload. */
export function sourceName(source: ImportSource): string {
  if ('name' in source) return source.name;
  return source.path.split(/[/\\]/).pop() ?? source.path;
}

/**
 * Sends one file to the server of this page: `POST /upload?name=…`, the file as it is as the body.
 * `onProgress` gets 0 to 1. Throws `internal` (line lost) when the connection breaks, else what the server said.
 */
export function uploadFile(
  file: File,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<ImportSource> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/upload?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (e) => onProgress?.(e.total > 0 ? e.loaded / e.total : 0);
    request.onerror = () => reject(new StudioError('internal', { ref: LINE_LOST }));
    request.onabort = () => reject(new StudioError('cancelled'));
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status < 300 && answer && 'uploadId' in answer && typeof answer.uploadId === 'string') {
        resolve({ uploadId: answer.uploadId, name: file.name });
      } else if (request.status === 413) {
        reject(new StudioError('too_large', { file: file.name, limit: '–' }));
      } else if (request.status === 507) {
        reject(new StudioError('disk_full'));
      } else {
        reject(new StudioError('internal', { ref: `upload ${String(request.status)}` }));
      }
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Sources for files the page holds (dropped, pasted, or from a browser's file field), in order. */
export async function sourcesOf(
  files: File[],
  onProgress?: (name: string, fraction: number) => void,
): Promise<ImportSource[]> {
  const sources: ImportSource[] = [];
  const paths = desktop ? desktop.pathsForFiles(files) : [];
  for (const [index, file] of files.entries()) {
    if (desktop) {
      const path = paths[index] || (await desktop.fileFromBytes(file.name, await file.arrayBuffer()));
      sources.push({ path });
    } else {
      sources.push(await uploadFile(file, (fraction) => onProgress?.(file.name, fraction)));
    }
  }
  return sources;
}

/** Asks for files with the page's own chooser, in window and browser alike; an empty list when it was closed. */
export function askFiles(extensions: string[], multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = multiple;
    input.accept = extensions.map((e) => `.${e}`).join(',');
    input.hidden = true;
    const finish = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => finish([...(input.files ?? [])]));
    input.addEventListener('cancel', () => finish([]));
    // In the page, so that a test (and an assistive tool) can find it.
    document.body.append(input);
    input.click();
  });
}

/** Lets the person choose files. Answers paths (desktop) or uploads (browser); empty when nothing was chosen. */
export async function chooseSources(
  options: { extensions: string[]; multiple: boolean },
  onProgress?: (name: string, fraction: number) => void,
): Promise<ImportSource[]> {
  if (desktop) return (await desktop.chooseFiles(options)).map((path) => ({ path }));
  return sourcesOf(await askFiles(options.extensions, options.multiple), onProgress);
}
