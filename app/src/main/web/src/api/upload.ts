// SPDX-License-Identifier: Apache-2.0
import { ApiError, paths, problemFrom } from './client';
import type { AudioFile, Role } from './types';

/** Sends a file as it is; XMLHttpRequest, since fetch does not tell how much has left. */
export function upload(
  project: string,
  file: File,
  role: Role,
  progress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<AudioFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.open('POST', paths.upload(project, file.name, role));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) {
        progress(event.loaded / event.total);
      }
    };
    request.onload = () => {
      if (request.status === 201) {
        resolve(JSON.parse(request.responseText) as AudioFile);
      } else {
        reject(new ApiError(problemFrom(request.status, request.responseText)));
      }
    };
    request.onerror = () =>
      reject(new ApiError({
        status: 0,
        code: 'upload-broken',
        title: 'Upload broken off',
        detail: `The upload of ${file.name} broke off. The server may have refused it or ended; try again.`,
      }));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.send(file);
  });
}
