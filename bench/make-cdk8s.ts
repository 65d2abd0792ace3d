import { readFileSync } from 'node:fs';
import { ApiObject, App, Chart } from 'cdk8s';

/** Synthesizes the Kubernetes objects of a JSON file with cdk8s. */
function main([objectsFile = '', outdir = '']: string[]): void {
  const app = new App({ outdir });
  const chart = new Chart(app, 'bench');
  JSON.parse(readFileSync(objectsFile, 'utf8')).forEach((object: never, index: number) => {
    new ApiObject(chart, `object-${index}`, object);
  });
  app.synth();
}

main(process.argv.slice(2));
