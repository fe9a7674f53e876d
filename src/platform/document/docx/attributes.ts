import { type Attributes, isTrue } from '../../office-file/xml-part.js';

/** Attributes of word processors have a prefix, which any program may choose. */
export function attribute(attributes: Attributes, name: string): string {
  for (const [key, value] of Object.entries(attributes)) if (key === name || key.endsWith(`:${name}`)) return value;
  return '';
}

export const valueOf = (attributes: Attributes): string => attribute(attributes, 'val');

/** A property that is there without a value is on. */
export const isOn = (attributes: Attributes): boolean => {
  const value = valueOf(attributes);
  return value === '' || isTrue(value);
};

export const isTrueAttribute = (attributes: Attributes, name: string): boolean => isTrue(attribute(attributes, name));
