package trainyard.scheduler.peer.gavel;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The batch size of a job of Shockwave. In its simulator it changes after a slice as the epoch before it says, on a cluster at the
 * end of an epoch, when the job's own script asks for it. Epochs are kept where it does.
 */
final class BatchSize {

    private static final Pattern TYPE = Pattern.compile("(\\S+) \\(batch size (\\d+)\\)");
    private static final Map<String, Integer> LARGEST =
            Map.of("LM", 80, "ResNet-18", 256, "ResNet-50", 128, "Recommendation", 8192);
    private static final Map<String, Long> SAMPLES = Map.of(
            "ResNet-18", 50_000L,
            "ResNet-50", 100_000L,
            "Transformer", 10_000L,
            "LM", 59_675L,
            "Recommendation", 117_907L,
            "CycleGAN", 6_287L,
            "A3C", 4L);
    /** Epochs from which a batch is doubled once more, by model, batch size at first and GPUs. */
    private static final Map<String, List<Integer>> DOUBLED = doubled("""
            ResNet-18 16 1 31 41 51 71
            ResNet-18 32 1 21 31 51
            ResNet-18 64 1 11 31
            ResNet-18 128 1 11
            ResNet-18 16 2 21 31 91 111
            ResNet-18 32 2 11 21 41
            ResNet-18 64 2 21 41
            ResNet-18 128 2 41
            ResNet-18 16 4 11 21 81 91
            ResNet-18 32 4 21 31 61
            ResNet-18 64 4 11 61
            ResNet-18 128 4 11
            ResNet-50 64 1 101
            ResNet-50 32 2 101 111
            ResNet-50 64 2 81
            ResNet-50 32 4 131 221
            ResNet-50 64 4 191
            LM 5 1 31 41 61 71
            LM 10 1 11 21 41
            LM 20 1 11 41
            LM 40 1 11
            LM 5 2 31 51 61 71
            LM 10 2 11 31 41
            LM 20 2 31 41
            LM 40 2 11
            LM 5 4 11 31 71 91
            LM 10 4 11 31 61
            LM 20 4 11 61
            LM 40 4 61
            Recommendation 512 1 21 41 71 91
            Recommendation 1024 1 21 51 91
            Recommendation 2048 1 21 41
            Recommendation 4096 1 41
            """);

    /** Part of the epochs that a script adds to those in which gradients change quickly, at the start. */
    private static final double FIRST_PART = 0.3;

    private final GavelJob.Mode mode;
    private final String model;
    private final int gpus;
    private final int first;
    private int size;
    private long total;
    private long run;

    /** Whether the throughput of a type of job is known, which then becomes that of the job. */
    interface Speeds {
        boolean take(String type, int gpus);
    }

    BatchSize(GavelJob job) {
        Matcher type = TYPE.matcher(job.type());
        boolean sized = type.matches() && SAMPLES.containsKey(type.group(1));
        mode = sized ? job.mode() : GavelJob.Mode.STATIC;
        model = sized ? type.group(1) : "";
        first = sized ? Integer.parseInt(type.group(2)) : 1;
        size = first;
        gpus = job.gpus();
        total = job.steps();
    }

    private static Map<String, List<Integer>> doubled(String table) {
        Map<String, List<Integer>> doubled = new HashMap<>();
        table.lines()
                .map(line -> line.split(" "))
                .forEach(cells -> doubled.put(
                        String.join(" ", cells[0], cells[1], cells[2]),
                        List.of(cells).subList(3, cells.length).stream()
                                .map(Integer::valueOf)
                                .toList()));
        return Map.copyOf(doubled);
    }

    /**
     * Counts steps, and changes the batch size where that is due.
     *
     * @return steps left
     */
    long after(long steps, Speeds speeds) {
        int next = mode == GavelJob.Mode.STATIC ? size : next(epochs(run, size));
        count(steps);
        change(next, speeds);
        return left();
    }

    void count(long steps) {
        run += steps;
    }

    long left() {
        return total - run;
    }

    /** Steps of an epoch at the present batch size; more than any job has where epochs are not known. */
    double stepsOfEpoch() {
        return mode == GavelJob.Mode.STATIC ? Double.POSITIVE_INFINITY : stepsOfEpoch(size);
    }

    /**
     * Changes the batch size where the job's script asks for it at the end of an epoch.
     *
     * @return whether it changed
     */
    boolean afterEpoch(int epoch, Speeds speeds) {
        if (mode == GavelJob.Mode.ACCORDION && epoch < Math.round(FIRST_PART * epochsOfScript())) {
            // Only scripts that train on images ever go back to the batch that they had at first.
            return model.startsWith("ResNet") && change(first, speeds);
        }
        return change(mode == GavelJob.Mode.STATIC ? size : next(epoch), speeds);
    }

    /**
     * The epochs that a script takes its steps for. It divides the steps of all GPUs by the length of an epoch on one of them, and that
     * of ResNet-50 takes samples for steps: such jobs never get to a large batch.
     */
    private double epochsOfScript() {
        double batches = SAMPLES.get(model) / (double) size / gpus;
        // The language model leaves out a last batch that is not full.
        double perGpu = model.equals("LM") ? Math.floor(batches) : Math.ceil(batches);
        return Math.ceil((model.equals("ResNet-50") ? (double) total * size : total) / perGpu);
    }

    private boolean change(int next, Speeds speeds) {
        String type = String.format(Locale.ROOT, "%s (batch size %d)", model, next);
        boolean changes = next != size && first != LARGEST.getOrDefault(model, 0) && speeds.take(type, gpus);
        if (changes) {
            rescale(next);
        }
        return changes;
    }

    private int next(long epoch) {
        if (mode == GavelJob.Mode.GNS) {
            boolean grows = doubledBy(epoch + 1) > size || doubledBy(epoch) > size;
            return grows && size != LARGEST.getOrDefault(model, 0) ? 2 * size : size;
        }
        if (!LARGEST.containsKey(model)) {
            return size;
        }
        return isCritical(epoch) ? first : LARGEST.get(model);
    }

    private long doubledBy(long epoch) {
        return DOUBLED.getOrDefault(model + " " + first + " " + gpus, List.of()).stream()
                .filter(start -> start <= epoch)
                .mapToLong(start -> 2)
                .reduce(first, (a, b) -> a * b);
    }

    private boolean isCritical(long epoch) {
        return switch (model) {
            case "LM" -> epoch < 10;
            case "Recommendation" -> epoch < (first <= 1024 ? 30 : first == 2048 ? 40 : 10);
            case "ResNet-50" -> epoch % 30 < 10;
            default -> epoch < (first == 256 ? 20 : 10) || epoch >= 150 && epoch < 160 || epoch >= 250 && epoch < 260;
        };
    }

    private static long ceilDiv(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }

    private long stepsOfEpoch(int batch) {
        return ceilDiv(SAMPLES.get(model), batch);
    }

    private long epochs(long steps, int batch) {
        return ceilDiv(steps, stepsOfEpoch(batch));
    }

    private void rescale(int next) {
        long epochs = epochs(total, size);
        long scaled = (long) Math.ceil(total * (1 / ((double) next / size)));
        total = epochs(scaled, next) == epochs ? scaled : epochs * stepsOfEpoch(next);
        run = epochs(run, size) * stepsOfEpoch(next);
        size = next;
    }
}
