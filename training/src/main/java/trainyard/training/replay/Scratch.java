package trainyard.training.replay;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Memory for kernels whose values do not matter. Operands of the same place share one array as long as the longest of them, those of
 * matrix products apart from all others. It is filled with small numbers of both signs: products of zeros take less power, and so
 * run at a higher clock, than real ones.
 */
final class Scratch implements AutoCloseable {

    private static final int PATTERN_FLOATS = 1 << 16;
    private static final int MOST_FILLED_FLOATS = 1 << 26;
    private static final int FIRST_OF_PRODUCTS = 100;

    private final KernelDevice device;
    private final Map<Integer, DeviceArray> byPlace = new HashMap<>();

    private Scratch(KernelDevice device) {
        this.device = device;
    }

    static Scratch of(KernelDevice device, List<? extends Kernel> kernels) {
        Map<Integer, Long> longest = new HashMap<>();
        for (Kernel kernel : kernels) {
            for (int place = 0; place < kernel.operands().size(); place++) {
                longest.merge(key(kernel, place), kernel.operands().get(place), Math::max);
            }
        }
        double bytes = (double) Kernel.FLOAT_BYTES
                * longest.values().stream().mapToLong(Long::longValue).sum();
        if (bytes > device.freeBytes()) {
            throw new IllegalStateException(
                    "the device has no " + Math.round(bytes / (1 << 20)) + " MiB of memory free");
        }
        Scratch scratch = new Scratch(device);
        longest.forEach((place, floats) -> scratch.byPlace.put(place, scratch.filled(place, floats)));
        return scratch;
    }

    /** Operands of a kernel. */
    List<DeviceArray> operands(Kernel kernel) {
        List<DeviceArray> operands = new ArrayList<>();
        for (int place = 0; place < kernel.operands().size(); place++) {
            operands.add(byPlace.get(key(kernel, place)));
        }
        return operands;
    }

    private static int key(Kernel kernel, int place) {
        return kernel instanceof Kernel.Gemm ? FIRST_OF_PRODUCTS + place : place;
    }

    private DeviceArray filled(int place, long floats) {
        DeviceArray array = device.allocate(floats);
        float[] pattern = pattern(place);
        try (HostArray host = device.host((int) Math.min(floats, MOST_FILLED_FLOATS), false)) {
            FloatBuffer values = host.values();
            while (values.hasRemaining()) {
                values.put(pattern, 0, Math.min(pattern.length, values.remaining()));
            }
            device.copy(host, array);
        }
        return array;
    }

    /** Uniform in [-0.5, 0.5], from a fixed seed. The lower half of each float is a 16-bit number of the same kind. */
    private static float[] pattern(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[PATTERN_FLOATS];
        for (int i = 0; i < PATTERN_FLOATS; i++) {
            int high = Float.floatToRawIntBits(random.nextFloat() - 0.5f) & 0xffff0000;
            int low = Float.floatToRawIntBits(random.nextFloat() - 0.5f) >>> 16;
            values[i] = Float.intBitsToFloat(high | low);
        }
        return values;
    }

    @Override
    public void close() {
        byPlace.values().forEach(DeviceArray::close);
    }
}
