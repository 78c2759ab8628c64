// SPDX-License-Identifier: Apache-2.0
import { Cell } from './cell';

/** Work that is under way, by name: to ask for it again while it lasts changes nothing. */
export class Once {
  readonly underWay = new Cell<ReadonlySet<string>>(new Set());

  /** What the work gave; null when it was under way already. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    if (this.underWay.value.has(name)) {
      return null;
    }
    this.underWay.update((all) => new Set(all).add(name));
    try {
      return await work();
    } finally {
      this.underWay.update((all) => new Set([...all].filter((other) => other !== name)));
    }
  }
}
