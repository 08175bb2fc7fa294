package trainyard.training.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A traced iteration, executed on a device kernel by kernel in the order of the trace. Tensors stay on the device. Kernels are
 * queued one behind the other, so a host that queues slower than the device executes shows in the time, as it does in a real job.
 */
public final class TraceReplay {

    /** Suite of its samples: whole iterations, which test fits and are never part of one. */
    public static final String SUITE = "step";

    private final KernelDevice device;

    public TraceReplay(KernelDevice device) {
        this.device = device;
    }

    /**
     * Times iterations.
     *
     * @param warmUps iterations before the first that counts
     * @param repetitions iterations that count, each timed by itself
     * @throws IllegalStateException if the device has too little memory
     */
    public void measure(
            KernelTrace trace,
            MatrixMath math,
            int round,
            int warmUps,
            int repetitions,
            Consumer<KernelSample> samples) {
        try (Iteration iteration = prepare(trace, math)) {
            for (int i = 0; i < warmUps; i++) {
                device.seconds(iteration::queue);
            }
            for (int i = 0; i < repetitions; i++) {
                samples.accept(new KernelSample(
                        SUITE,
                        trace.job(),
                        math.word(),
                        "batch=" + trace.batch() + " kernels=" + trace.kernels().size(),
                        round,
                        i,
                        device.seconds(iteration::queue),
                        trace.bytes(),
                        trace.flops()));
            }
        }
    }

    /**
     * Makes an iteration ready.
     *
     * @throws IllegalStateException if the device has too little memory
     */
    public Iteration prepare(KernelTrace trace, MatrixMath math) {
        return new Iteration(trace, math);
    }

    /** An iteration whose tensors are on the device. */
    public final class Iteration implements AutoCloseable {

        private final Scratch scratch;
        private final Map<Kernel, PreparedKernel> distinct = new HashMap<>();
        private final List<PreparedKernel> sequence = new ArrayList<>();

        private Iteration(KernelTrace trace, MatrixMath math) {
            scratch = Scratch.of(device, trace.kernels());
            for (Kernel kernel : trace.kernels()) {
                sequence.add(distinct.computeIfAbsent(kernel, key -> device.prepare(key, math, scratch.operands(key))));
            }
        }

        /** Queues all kernels in their order. */
        public void queue() {
            sequence.forEach(PreparedKernel::queue);
        }

        @Override
        public void close() {
            distinct.values().forEach(PreparedKernel::close);
            scratch.close();
        }
    }
}
