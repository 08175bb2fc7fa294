package trainyard.training.replay;

import java.util.function.Consumer;

/** A whole traced iteration. */
record TraceMeasurement(KernelTrace trace, MatrixMath math) implements Measurement {

    private static final int WARM_UPS = 3;
    private static final int REPETITIONS = 20;

    @Override
    public void take(KernelDevice device, int round, Consumer<KernelSample> samples) {
        new TraceReplay(device).measure(trace, math, round, WARM_UPS, REPETITIONS, samples);
    }
}
