#!/usr/bin/env bash
# cdktf-cli 0.21.0 (npm) with Terraform 1.11.4: when Terraform refuses a plan because of prevent_destroy, `cdktf destroy`
# and `cdktf deploy` of 20 resources end with "Invoking Terraform CLI failed with exit code 1" and never print why; of one
# resource, and with `cdktf diff`, they print "Instance cannot be destroyed". Seen on 2026-12-01. Needs `terraform` in the path.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export CHECKPOINT_DISABLE=1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 cdktf-cli@0.21.0 constructs@10.6.0
echo '{"language":"typescript","app":"node main.js","projectId":"x","sendCrashReports":"false"}' >cdktf.json
cat >main.js <<'JS'
const { App, DataResource, TerraformStack } = require('cdktf');
const app = new App();
const stack = new TerraformStack(app, 'one');
const input = Object.fromEntries(Array.from({ length: 12 }, (_, key) => [`key-${key}`, `value ${key}`]));
for (let i = 0; i < Number(process.env.COUNT); i++)
  new DataResource(stack, `kept${i}`, { lifecycle: { preventDestroy: i === 0 }, input, triggersReplace: process.env.ROUND });
app.synth();
JS
# Lines of a command that must fail which say why.
says() {
  if timeout 120 npx cdktf "$@" >out.log 2>&1; then echo "did not fail"; else grep -ac 'Instance cannot be destroyed' out.log || true; fi
}
terraform version | head -1
for COUNT in 1 20; do
  export COUNT ROUND=1
  rm -f terraform.one.tfstate*
  timeout 120 npx cdktf deploy one --auto-approve >deploy.log 2>&1
  destroy=$(says destroy one --auto-approve)
  export ROUND=2
  deploy=$(says deploy one --auto-approve)
  diff=$(says diff one)
  echo "$COUNT resources: lines that say why: destroy $destroy, deploy $deploy, diff $diff"
  expected=$([ "$COUNT" = 1 ] && echo yes || echo no)
  for seen in "$destroy" "$deploy"; do
    [ "$([ "$seen" -gt 0 ] && echo yes || echo no)" = "$expected" ] || { echo "changed: no longer as described"; exit 1; }
  done
  [ "$diff" -gt 0 ] || { echo "changed: diff is silent, too"; exit 1; }
done
