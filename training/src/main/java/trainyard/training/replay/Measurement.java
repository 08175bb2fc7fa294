package trainyard.training.replay;

import java.util.function.Consumer;

/** Something to be timed in each round. */
interface Measurement {

    /** Takes the samples of a round. */
    void take(KernelDevice device, int round, Consumer<KernelSample> samples);
}
