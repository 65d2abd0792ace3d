// Loaded into a measured process: its peak memory is known at its end only.
process.on('exit', () => {
  process.stderr.write(`peak-kib=${process.resourceUsage().maxRSS}\n`);
});
