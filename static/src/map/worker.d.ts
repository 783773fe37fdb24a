// The address of a file that static/build.mjs builds by itself, to be run beside the page.
declare module "worker:*" {
  const address: string;
  export default address;
}
