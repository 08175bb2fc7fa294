package trainyard.training.calibration.ring;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import trainyard.training.calibration.measure.Sample;
import trainyard.training.calibration.measure.SampleLog;
import trainyard.training.calibration.measure.Sampler;

/** Times the ring all-reduce between processes by the size of what is summed. */
public final class RingProbe {

    /** Word of its samples. */
    public static final String SUITE = "ring";

    private static final int LEAST_BYTES = 64;
    private static final int GROWTH = 4;

    private RingProbe() {}

    /** Name of the samples of a ring of so many processes. */
    public static String name(int ranks, int bytes) {
        return "ring " + ranks + " x " + bytes;
    }

    /** The size of a calibration nearest to an array, by their ratio. */
    public static int nearestSize(double bytes) {
        double steps = Math.log(bytes / LEAST_BYTES) / Math.log(GROWTH);
        return (int) (LEAST_BYTES * Math.pow(GROWTH, Math.max(0, Math.rint(steps))));
    }

    static List<Integer> sizes(int mostBytes) {
        List<Integer> sizes = new ArrayList<>();
        for (int bytes = LEAST_BYTES; bytes <= mostBytes; bytes *= GROWTH) {
            sizes.add(bytes);
        }
        return sizes;
    }

    /**
     * Measures all sizes once into the log.
     *
     * @param mostBytes largest array
     * @throws IOException if the processes cannot be started or the log cannot be written
     */
    public static void round(SampleLog log, int ranks, int mostBytes, int round) throws IOException {
        List<Integer> sizes = sizes(mostBytes);
        if (log.has(SUITE, name(ranks, sizes.get(sizes.size() - 1)), round)) {
            return;
        }
        try (LocalProcesses group =
                LocalProcesses.start(ranks, RingTask.class.getName(), "", List.of(Integer.toString(mostBytes)))) {
            DataInputStream in = group.in(0);
            for (int bytes : sizes) {
                List<Sample> samples = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    samples.add(new Sample(
                            log.setting(),
                            SUITE,
                            name(ranks, bytes),
                            round,
                            bytes,
                            in.readDouble(),
                            OptionalDouble.empty(),
                            Sampler.load(),
                            Sampler.now()));
                }
                if (!log.has(SUITE, name(ranks, bytes), round)) {
                    log.add(samples);
                }
            }
        }
    }

    /**
     * The median time of a message between neighbours by its bytes: of {@code 2 (n - 1)} steps with {@code 1/n} of the array each.
     */
    public static SortedMap<Double, Double> messages(SampleLog log, int ranks) {
        SortedMap<Double, Double> typical = new TreeMap<>();
        log.of(SUITE).values().stream()
                .filter(samples -> samples.get(0).name().startsWith("ring " + ranks + " x "))
                .forEach(samples -> typical.put(samples.get(0).bytes() / ranks, median(samples) / (2.0 * (ranks - 1))));
        return typical;
    }

    private static double median(List<Sample> samples) {
        return new Median()
                .evaluate(samples.stream().mapToDouble(Sample::seconds).toArray());
    }
}
