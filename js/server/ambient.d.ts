// js/build/validators.mjs replaces this name.
declare module '#request-validators' {
  type Validate = ((body: unknown, context: { instancePath: string }) => boolean) & {
    errors?: { instancePath: string }[] | null;
  };
  export const login: Validate;
  export const phone: Validate;
  export const logout: Validate;
}
