package trainyard.scheduler.peer.muri;

import java.util.Map;

/** Seconds that a job of a model on some GPUs loses at an event, as Muri measured them on its testbed. */
final class ModelOverhead {

    private static final int OTHER_SECONDS = 10;

    /** For 1, 2, 4, 8, 16 and 32 GPUs. */
    private static final Map<String, int[]> SECONDS = Map.of(
            "vgg16", new int[] {7, 7, 8, 9, 9, 10},
            "vgg19", new int[] {7, 7, 8, 9, 10, 10},
            "resnet18", new int[] {4, 5, 5, 7, 7, 7},
            "shufflenet_v2_x1_0", new int[] {4, 4, 5, 5, 7, 8},
            "bert", new int[] {10, 10, 10, 10, 10, 10},
            "gpt2", new int[] {10, 10, 10, 10, 10, 10},
            "a2c", new int[] {38, 39, 39, 46, 46, 46},
            "dqn", new int[] {5, 5, 6, 6, 8, 8});

    private ModelOverhead() {}

    static int seconds(String model, int gpus) {
        int[] seconds = SECONDS.get(model);
        int size = Integer.numberOfTrailingZeros(Integer.highestOneBit(gpus));
        return seconds == null ? OTHER_SECONDS : seconds[Math.min(size, seconds.length - 1)];
    }
}
