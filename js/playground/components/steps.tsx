import type { Step } from '../../core/types';
import { useMessages } from '../state/settings';
import { Blocks } from './blocks';
import { BadIcon, NoneIcon, OkIcon, RepairIcon, WaitIcon } from './icons';

const icons = {
  ok: <OkIcon />,
  repaired: <RepairIcon />,
  failed: <BadIcon />,
  unreached: <WaitIcon />,
  none: <NoneIcon />,
};

/** The stages of opening the data, and the result of each stage. */
export function Steps({ steps }: { steps: Step[] }) {
  const { t, say } = useMessages();
  return (
    <section class="card" aria-labelledby="steps-heading">
      <h2 id="steps-heading">{t.pipeline.heading}</h2>
      <div class="track" aria-hidden="true">
        {steps.map(({ name, state }) => (
          <div key={name} class={`stop ${state}`}>
            <span class="badge">{icons[state]}</span>
            <span>{t.pipeline.steps[name]}</span>
          </div>
        ))}
      </div>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step.name} class={`step ${step.state}`} data-step={step.name} data-state={step.state}>
            <span class="badge">{icons[step.state]}</span>
            <div>
              <h3>
                {t.pipeline.steps[step.name]} <span class="tag">{t.pipeline.states[step.state]}</span>
              </h3>
              {!['none', 'unreached'].includes(step.state) && <p>{say(step)}</p>}
              {step.blocks?.length ? <Blocks blocks={step.blocks} /> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
