#!/usr/bin/env bash
# Installs the package as a user would and uses it: what is published is whole.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

cd "$root"
npm pack --silent --pack-destination "$folder" >/dev/null
cd "$folder"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund ./*.tgz >/dev/null
[ "$(npx aicc --version)" = "$(node -p "require('$root/package.json').version")" ]
node -e "
  const { findModel, findServer } = require('ai-computing-centre');
  const { tianjin } = require('ai-computing-centre/stacks/tianjin/index');
  if (findServer('atlas-800t-a2', '910B3').npus !== 8) throw new Error('no servers');
  if (findModel('deepseek-r1').weights.sizeGib.value !== 638) throw new Error('no models');
  if (tianjin.phases.length !== 4) throw new Error('no centre');
"
for file in $(git -C "$root" ls-files cli core | grep -Ev '\.(ts|md)$'); do
  cmp "$root/$file" "node_modules/ai-computing-centre/dist/$file"
done
npx aicc manifests --output "${1:-$root/cdktf.out}" 'phase-100p-*' | grep -q '^kind: Deployment'
echo 'package: installs, its command and its library work'
