// Lets Node load the page's own TypeScript files, which name each other without ending.
import { registerHooks } from "node:module";

registerHooks({
  resolve(name, context, next) {
    return /^\.\.?\//.test(name) && !/\.\w+$/.test(name) ? next(`${name}.ts`, context) : next(name, context);
  },
});
