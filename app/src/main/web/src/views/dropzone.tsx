// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/icons';

const ACCEPT = 'audio/*,.wav,.flac,.aiff,.aif,.mp3,.m4a,.aac,.ogg,.opus,.alac';

interface DropProps {
  readonly id: string;
  readonly class?: string;
  readonly multiple?: boolean;
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files by dropping, by a click and by the keyboard. */
export function DropZone(props: DropProps) {
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0) {
      props.onFiles(props.multiple === true ? files : files.slice(0, 1));
    }
  };
  return (
    <div
      class={`drop ${props.class ?? ''}${over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <input
        ref={field}
        id={props.id}
        class="sr"
        type="file"
        accept={ACCEPT}
        multiple={props.multiple}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <label for={props.id}>
        <Icon name="upload" />
        <span class="drop-title">{props.title}</span>
        {props.children}
      </label>
    </div>
  );
}
