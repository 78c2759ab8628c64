// SPDX-License-Identifier: Apache-2.0
import type { Analysis, Finding } from '../api/types';
import type { Player } from '../audio/engine';
import { Icon } from '../ui/icons';
import { clock, number } from '../ui/text';

const ORDER = { failure: 0, warning: 1, info: 2 } as const;
const WORDS = { failure: 'Repair', warning: 'Look at', info: 'Note' } as const;
const ICONS = { failure: 'error', warning: 'warning', info: 'info' } as const;

/** What a musician should know about the mix; a time goes there. */
export function Findings({ findings, player, clean }: { findings: readonly Finding[]; player: Player | null; clean: string }) {
  if (findings.length === 0) {
    return (
      <p class="state good"><Icon name="check" /> {clean}</p>
    );
  }
  const sorted = [...findings].sort((one, other) => ORDER[one.severity] - ORDER[other.severity]);
  return (
    <ul class="findings">
      {sorted.map((finding) => (
        <li key={finding.code + finding.message} class={`finding ${finding.severity}`}>
          <Icon name={ICONS[finding.severity]} />
          <div>
            <span class="finding-kind">{WORDS[finding.severity]}</span>
            <p>{finding.message}</p>
          </div>
          {finding.atSeconds !== null && player !== null && (
            <button type="button" class="stamp" onClick={() => {
              player.seek(Math.max(0, (finding.atSeconds ?? 0) - 1));
              void player.play();
            }}>
              <Icon name="play" /> {clock(finding.atSeconds)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The mix in a few figures, and how it fares on other devices. */
export function MixFacts({ analysis }: { analysis: Analysis }) {
  const tempo = analysis.dynamics?.tempoBpm ?? null;
  const facts: readonly (readonly [string, string, string])[] = [
    ['Loudness', number(analysis.integratedLufs), 'LUFS'],
    ['True peak', number(analysis.truePeakDbtp), 'dBTP'],
    ['Range', number(analysis.loudnessRangeLu), 'LU'],
    ['Peak to loudness', number(analysis.plrDb), 'dB'],
    ...(tempo === null ? [] : [['Tempo', number(tempo, 0), 'BPM'] as const]),
    ['Length', clock(analysis.durationSeconds), ''],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value, unit]) => (
        <div key={name}><dt>{name}</dt><dd>{value}{unit !== '' && <small> {unit}</small>}</dd></div>
      ))}
    </dl>
  );
}

export function Devices({ analysis }: { analysis: Analysis }) {
  return (
    <ul class="devices">
      {analysis.translation.map((item) => (
        <li key={item.device} class={item.verdict}>
          <b>{item.device.replaceAll('-', ' ')}</b>
          <span class={`verdict ${item.verdict}`}>{item.verdict}</span>
          <p>{item.reason}</p>
        </li>
      ))}
    </ul>
  );
}
