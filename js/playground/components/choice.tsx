import { useId } from 'preact/hooks';

interface Props<Value extends string> {
  label: string;
  options: { value: Value; label: string; lang?: string }[];
  value: Value;
  onChange: (value: Value) => void;
  labelled?: boolean;
}

/** A choice of one option: radio buttons that look like a single control. */
export function Choice<Value extends string>({ label, options, value, onChange, labelled }: Props<Value>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class={labelled ? undefined : 'unseen'}>{label}</legend>
      <div class="segments">
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
