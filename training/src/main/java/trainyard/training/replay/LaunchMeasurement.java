package trainyard.training.replay;

import java.util.function.Consumer;

/** Empty kernels: the time from one to the next of a queue, and of a single one until the host knows that it has run. */
record LaunchMeasurement() implements Measurement {

    private static final int SINGLES = 20;

    @Override
    public void take(KernelDevice device, int round, Consumer<KernelSample> samples) {
        Series.take(
                device,
                device::nothing,
                (repetition, seconds) ->
                        samples.accept(new KernelSample("launch", "queued", "", "", round, repetition, seconds, 0, 0)));
        for (int i = 0; i < SINGLES; i++) {
            samples.accept(
                    new KernelSample("launch", "single", "", "", round, i, device.seconds(device::nothing), 0, 0));
        }
    }
}
