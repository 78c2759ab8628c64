// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'preact/hooks';
import { paths } from '../api/client';
import type { Decision, Figures, Series, Target, VersionDetail } from '../api/types';
import type { Player } from '../audio/engine';
import { useCell } from '../state/cell';
import type { Session } from '../state/session';
import { LinkButton } from '../ui/controls';
import { Icon } from '../ui/icons';
import { Plot, type Curve } from '../ui/plot';
import { clock, digitsFor, hertz, number, signed, withUnit } from '../ui/text';
import { Findings } from './findings';

const ROWS: readonly { key: keyof Figures; title: string; unit: string; about: string }[] = [
  { key: 'integratedLufs', title: 'Loudness', unit: 'LUFS', about: 'Integrated over the song, ITU-R BS.1770' },
  { key: 'truePeakDbtp', title: 'True peak', unit: 'dBTP', about: 'Highest point of the wave between the samples' },
  { key: 'shortTermMaxLufs', title: 'Loudest 3 s', unit: 'LUFS', about: 'Largest short-term loudness' },
  { key: 'loudnessRangeLu', title: 'Loudness range', unit: 'LU', about: 'From quiet to loud passages, EBU Tech 3342' },
  { key: 'plrDb', title: 'Peak to loudness', unit: 'dB', about: 'True peak above the integrated loudness' },
  { key: 'psrMinDb', title: 'Smallest peak to 3 s', unit: 'dB', about: 'Where it is densest' },
  { key: 'dr14', title: 'Dynamic range', unit: 'DR', about: 'As the DR meter reads it' },
];

/** Before and after: figures, spectrum, loudness and gain reduction over time, and what was done in words. */
export function Result({ session, player }: { session: Session; player: Player | null }) {
  const id = useCell(session.version);
  const details = useCell(session.fetched.details);
  const detail = id === null ? undefined : details.get(id);
  if (detail === undefined) {
    return <div class="grid two"><div class="panel skeleton tall" /><div class="panel skeleton tall" /></div>;
  }
  const target = session.fetched.targetOf(detail);
  return (
    <div class="grid two">
      <section class="panel" aria-labelledby="figures-title">
        <h2 id="figures-title">Before and after</h2>
        <FiguresTable detail={detail} />
        <Delivered detail={detail} target={target} />
      </section>
      <SpectrumPlot session={session} id={detail.id} />
      <LoudnessPlot session={session} id={detail.id} player={player} />
      <ReductionPlot session={session} detail={detail} player={player} />
      <section class="panel whole" aria-labelledby="why-title">
        <h2 id="why-title">What was done, and why</h2>
        <Reasons decisions={session.fetched.decisionsOf(detail)} />
      </section>
      <section class="panel whole" aria-labelledby="notes-title">
        <h2 id="notes-title">About this song</h2>
        <Findings findings={detail.findings} player={player} clean="Nothing to remark." />
        {target !== null && (
          <p class="hint">Target {target.name}: {target.provenance}.</p>
        )}
        <p><LinkButton href={paths.report(session.id, detail.id)} newTab icon="info">Open the full report</LinkButton></p>
      </section>
    </div>
  );
}

function FiguresTable({ detail }: { detail: VersionDetail }) {
  return (
    <table class="figures" id="figures">
      <thead>
        <tr><th scope="col">Figure</th><th scope="col">Mix</th><th scope="col">Master</th><th scope="col">Change</th></tr>
      </thead>
      <tbody>
        {ROWS.map((row) => {
          const before = detail.input[row.key];
          const after = detail.output[row.key];
          const digits = row.unit === 'DR' ? 0 : 1;
          return (
            <tr key={row.key}>
              <th scope="row" title={row.about}>{row.title} <small>{row.unit}</small></th>
              <td>{number(before, digits)}</td>
              <td class="after">{number(after, digits)}</td>
              <td class="change">{before === null || after === null ? '\u2013' : signed(after - before, digits)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Delivered({ detail, target }: { detail: VersionDetail; target: Target | null }) {
  if (target === null || target.loudnessLufs === null) {
    return null;
  }
  const loudness = detail.output.integratedLufs;
  const met = loudness !== null && Math.abs(loudness - target.loudnessLufs) <= 0.1;
  const held = detail.output.truePeakDbtp !== null && detail.output.truePeakDbtp <= target.ceilingDbtp + 0.005;
  return (
    <p class={met && held ? 'state good' : 'state'}>
      <Icon name={met && held ? 'check' : 'info'} />
      {met && held
        ? `Meets ${target.platform}: ${number(target.loudnessLufs)} LUFS, peaks under ${number(target.ceilingDbtp)} dBTP.`
        : `${target.platform} asks for ${number(target.loudnessLufs)} LUFS and peaks under ${number(target.ceilingDbtp)} dBTP.`}
    </p>
  );
}

function Reasons({ decisions }: { decisions: readonly Decision[] }) {
  if (decisions.length === 0) {
    return <p class="state">This plan was written by hand; it gives no reasons.</p>;
  }
  return (
    <ul class="reasons">
      {decisions.map((decision) => (
        <li key={decision.setting}>
          <span class="reason-value">{withUnit(decision.value, decision.unit, digitsFor(decision.unit, decision.value))}</span>
          <div><b>{settingTitle(decision.setting)}</b><p>{decision.because}</p></div>
        </li>
      ))}
    </ul>
  );
}

/** parametric-eq.bands[2].gainDb: Parametric eq, band 3, gain. */
export function settingTitle(setting: string): string {
  const text = setting
    .replace(/\.(\w+)\[(\d+)\]/g, (_all, list: string, place: string) => `, ${list.replace(/s$/, '')} ${Number(place) + 1}`)
    .replace(/\.(\w+)/g, (_all, key: string) => `, ${key.replace(/(Dbtp|DbPerOctave|Db|Hz|Ms|Lufs|Percent)$/, '').replace(/([A-Z])/g, ' $1').toLowerCase()}`)
    .replace(/-/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const OCTAVES = [31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16000];

function SpectrumPlot({ session, id }: { session: Session; id: string }) {
  const spectra = useCell(session.fetched.spectra).get(id);
  const curves = useMemo((): readonly Curve[] => {
    if (spectra === undefined) {
      return [];
    }
    const corridor: readonly Curve[] = spectra.corridor === null ? [] : [
      { title: 'Target, upper', colour: 'target', values: spectra.corridor.highDb, width: 0.75, fill: 'next' },
      { title: 'Target, lower', colour: 'target', values: spectra.corridor.lowDb, width: 0.75 },
    ];
    const whole = (values: readonly (number | null)[]) => spectra.centresHz.map((_hz, k) => values[k] ?? null);
    return [...corridor,
      { title: 'Mix', colour: 'mix', values: whole(spectra.mixDb) },
      { title: 'Master', colour: 'accent', values: whole(spectra.masterDb), width: 2.25 },
    ];
  }, [spectra]);
  return (
    <section class="panel" aria-labelledby="spectrum-title">
      <h2 id="spectrum-title">Tone</h2>
      <p class="hint">Third octaves at equal loudness{spectra?.corridor == null ? '' : `; shaded: where ${spectra.corridor.name} masters lie`}</p>
      {spectra === undefined ? <div class="skeleton plot-room" /> : (
        <Plot
          label={`Spectrum of mix and master in third octaves. ${toneWords(spectra.centresHz, spectra.mixDb, spectra.masterDb)}`}
          x={spectra.centresHz}
          curves={curves}
          height={230}
          logarithmic
          xText={hertz}
          yText={(value) => number(value, 0)}
          xSplits={OCTAVES}
          xRange={[22, 20000]}
          yRange={rangeOf(spectra.mixDb, spectra.masterDb)}
        />
      )}
    </section>
  );
}

/** Room above and below the music; the target may leave the picture where there is none. */
function rangeOf(...lines: readonly (readonly (number | null)[])[]): readonly [number, number] {
  const values = lines.flat().filter((value) => value !== null);
  if (values.length === 0) {
    return [-60, -20];
  }
  return [Math.floor(Math.min(...values) / 6) * 6 - 6, Math.ceil(Math.max(...values) / 6) * 6 + 6];
}

/** The largest change in words, for those who do not see the plot. */
export function toneWords(centres: readonly number[], before: readonly (number | null)[], after: readonly (number | null)[]): string {
  let most = 0;
  let at = 0;
  centres.forEach((hz, k) => {
    const difference = (after[k] ?? 0) - (before[k] ?? 0);
    if (before[k] !== null && after[k] !== null && Math.abs(difference) > Math.abs(most)) {
      most = difference;
      at = hz;
    }
  });
  return most === 0 ? 'No difference.' : `The largest change is ${signed(most)} dB at ${hertz(at)}.`;
}

function timesOf(series: Series): readonly number[] {
  return series.values.map((_value, k) => series.startSeconds + k * series.stepSeconds);
}

function seekAndPlay(player: Player | null, seconds: number): void {
  player?.seek(seconds);
}

function LoudnessPlot({ session, id, player }: { session: Session; id: string; player: Player | null }) {
  const series = useCell(session.fetched.series).get(id);
  const x = useMemo(() => (series === undefined ? [] : timesOf(series.output.shortTermLufs)), [series]);
  const curves = useMemo((): readonly Curve[] => (series === undefined ? [] : [
    { title: 'Mix, 3 s', colour: 'mix', values: series.input.shortTermLufs.values.slice(0, x.length) },
    { title: 'Master, 3 s', colour: 'accent', values: series.output.shortTermLufs.values, width: 2.25 },
  ]), [series, x]);
  return (
    <section class="panel" aria-labelledby="loudness-title">
      <h2 id="loudness-title">Loudness over time</h2>
      <p class="hint">LUFS; a click goes there</p>
      {series === undefined ? <div class="skeleton plot-room" /> : (
        <Plot
          label="Short-term loudness of mix and master over the song"
          x={x}
          curves={curves}
          height={230}
          xText={(value) => clock(value)}
          yText={(value) => number(value, 0)}
          onPick={(seconds) => seekAndPlay(player, seconds)}
        />
      )}
    </section>
  );
}

const REDUCTION_COLOURS = ['accent', 'cool', 'target', 'violet', 'mix', 'bad'];

function ReductionPlot({ session, detail, player }: { session: Session; detail: VersionDetail; player: Player | null }) {
  const series = useCell(session.fetched.series).get(detail.id);
  const lines = useMemo(() => Object.entries(series?.reductions ?? {}).flatMap(([stage, bands]) =>
    bands.map((band, k) => ({ title: reductionTitle(stage, k, bands.length), series: band }))), [series]);
  const first = lines[0]?.series;
  const x = useMemo(() => (first === undefined ? [] : timesOf(first)), [first]);
  const curves = useMemo((): readonly Curve[] => lines.map((line, k) => ({
    title: line.title,
    colour: REDUCTION_COLOURS[k % REDUCTION_COLOURS.length] ?? 'accent',
    values: line.series.values.map((value) => (value === null ? null : -value)),
    ...(k === 0 && lines.length === 1 ? { fill: 'zero' as const } : {}),
  })), [lines]);
  const most = Math.max(3, ...lines.flatMap((line) => line.series.values.map((value) => value ?? 0)));
  return (
    <section class="panel" aria-labelledby="reduction-title">
      <h2 id="reduction-title">Gain reduction over time</h2>
      <p class="hint">{reductionWords(detail)}</p>
      {series === undefined ? <div class="skeleton plot-room" /> : lines.length === 0 ? <p class="state">{Object.keys(detail.reductions ?? {}).length === 0 ? 'Nothing in this chain turns the music down.' : 'Its course over time was not kept for this version.'}</p> : (
        <Plot
          label={`Gain reduction over the song. ${reductionWords(detail)}`}
          x={x}
          curves={curves}
          height={230}
          xText={(value) => clock(value)}
          yText={(value) => number(value, 0)}
          yRange={[-Math.ceil(most), 0]}
          onPick={(seconds) => seekAndPlay(player, seconds)}
        />
      )}
    </section>
  );
}

/** The limiter's second series is what it takes from single peaks at the very end. */
function reductionTitle(stage: string, place: number, count: number): string {
  if (stage === 'limiter') {
    return place === 0 ? 'limiter' : 'limiter, last peaks';
  }
  return count > 1 ? `${stage}, band ${place + 1}` : stage;
}

function reductionWords(detail: VersionDetail): string {
  const parts = Object.entries(detail.reductions ?? {}).map(([stage, bands]) => {
    const most = Math.max(0, ...bands.map((band) => band.maxDb));
    const share = Math.max(0, ...bands.map((band) => band.activeShare));
    return `${stage} up to ${number(most)} dB, at work ${number(100 * share, 0)} % of the time`;
  });
  return parts.length === 0 ? 'dB below no reduction' : `In dB: ${parts.join('; ')}`;
}
