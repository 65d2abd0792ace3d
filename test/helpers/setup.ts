import '../../constructs/synth-speed';
