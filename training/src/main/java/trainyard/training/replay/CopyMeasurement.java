package trainyard.training.replay;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * A copy between host and device, or within the device.
 *
 * @param route from where to where
 * @param floats length
 */
record CopyMeasurement(Route route, int floats) implements Measurement {

    /** From where to where; pinned memory of the host stays in place, pageable memory does not. */
    enum Route {
        D2D,
        H2D_PINNED,
        D2H_PINNED,
        H2D_PAGEABLE,
        D2H_PAGEABLE
    }

    @Override
    public void take(KernelDevice device, int round, Consumer<KernelSample> samples) {
        try (DeviceArray first = device.allocate(floats)) {
            if (route == Route.D2D) {
                try (DeviceArray second = device.allocate(floats)) {
                    series(device, () -> device.copy(first, second), round, samples);
                }
                return;
            }
            boolean pinned = route == Route.H2D_PINNED || route == Route.D2H_PINNED;
            boolean toDevice = route == Route.H2D_PINNED || route == Route.H2D_PAGEABLE;
            try (HostArray host = device.host(floats, pinned)) {
                series(
                        device,
                        toDevice ? () -> device.copy(host, first) : () -> device.copy(first, host),
                        round,
                        samples);
            }
        }
    }

    /** Within a device each byte is read and written. */
    private void series(KernelDevice device, Runnable copy, int round, Consumer<KernelSample> samples) {
        double bytes = (double) Kernel.FLOAT_BYTES * floats * (route == Route.D2D ? 2 : 1);
        String op = "copy_" + route.name().toLowerCase(Locale.ROOT);
        Series.take(
                device,
                copy,
                (repetition, seconds) -> samples.accept(
                        new KernelSample("copy", op, "", "elements=" + floats, round, repetition, seconds, bytes, 0)));
    }
}
