package trainyard.training.real;

import java.util.ArrayList;
import java.util.List;
import trainyard.training.network.NetworkSpec;

/**
 * A run of perceptrons or convolutions on the digits, small enough to be a line of arguments.
 *
 * @param asynchronous whether each gradient is an update at a parameter server; else an update is the mean of all
 * @param workers processes, at least 2 and at most one a core
 * @param batch examples of a gradient
 * @param rate learning rate
 * @param gradients of each worker, in the mean
 * @param shown losses that are worked out
 * @param skew share of a worker's rows that go by class
 * @param seed of start and order of rows
 * @param network what is trained
 */
public record RealRunPlan(
        boolean asynchronous,
        int workers,
        int batch,
        double rate,
        int gradients,
        int shown,
        double skew,
        long seed,
        NetworkSpec network) {

    private static final int FIXED = 9;

    /** The plan as words. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                Boolean.toString(asynchronous),
                Integer.toString(workers),
                Integer.toString(batch),
                Double.toString(rate),
                Integer.toString(gradients),
                Integer.toString(shown),
                Double.toString(skew),
                Long.toString(seed)));
        if (network instanceof NetworkSpec.Mlp mlp) {
            words.add("mlp");
            mlp.hidden().forEach(width -> words.add(Integer.toString(width)));
        } else if (network instanceof NetworkSpec.Cnn cnn) {
            words.addAll(List.of("cnn", Integer.toString(cnn.channels()), Integer.toString(cnn.dense())));
        } else {
            throw new IllegalArgumentException(
                    "only perceptrons and convolutions are trained for real, not " + network);
        }
        return words;
    }

    /** The plan of its words. */
    public static RealRunPlan of(List<String> words) {
        List<Integer> sizes = words.subList(FIXED, words.size()).stream()
                .map(Integer::valueOf)
                .toList();
        NetworkSpec network = words.get(FIXED - 1).equals("mlp")
                ? new NetworkSpec.Mlp(sizes)
                : new NetworkSpec.Cnn(sizes.get(0), sizes.get(1));
        return new RealRunPlan(
                Boolean.parseBoolean(words.get(0)),
                Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)),
                Double.parseDouble(words.get(3)),
                Integer.parseInt(words.get(4)),
                Integer.parseInt(words.get(5)),
                Double.parseDouble(words.get(6)),
                Long.parseLong(words.get(7)),
                network);
    }

    /** Updates of the run. */
    public long updates() {
        return asynchronous ? (long) gradients * workers : gradients;
    }

    /** Whether the loss after an update, counted from 1, is worked out: after every so many and the last. */
    public boolean isShown(long update) {
        return update % showEvery() == 0 || update == updates();
    }

    /** Which of the losses that are worked out that of a shown update is, from 0. */
    public int indexOfShown(long update) {
        return Math.toIntExact((update - 1) / showEvery());
    }

    private long showEvery() {
        return Math.max(1, updates() / shown);
    }
}
