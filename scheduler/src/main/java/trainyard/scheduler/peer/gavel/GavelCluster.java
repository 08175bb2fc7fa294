package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.List;

/**
 * GPUs of each type.
 *
 * @param types names, in alphabetical order
 * @param gpus of each
 */
public record GavelCluster(List<String> types, List<Integer> gpus) {

    /** The order in which it goes through types, the fastest first. */
    private static final List<String> FASTEST_FIRST = List.of("v100", "p100", "k80");

    public GavelCluster {
        types = List.copyOf(types);
        gpus = List.copyOf(gpus);
    }

    /** A cluster of V100, P100 and K80; a type without GPUs is not there. */
    public static GavelCluster of(int v100, int p100, int k80) {
        List<String> types = new ArrayList<>();
        List<Integer> gpus = new ArrayList<>();
        add("k80", k80, types, gpus);
        add("p100", p100, types, gpus);
        add("v100", v100, types, gpus);
        return new GavelCluster(types, gpus);
    }

    private static void add(String type, int count, List<String> types, List<Integer> gpus) {
        if (count > 0) {
            types.add(type);
            gpus.add(count);
        }
    }

    int[] fleet() {
        return gpus.stream().mapToInt(Integer::intValue).toArray();
    }

    int all() {
        return gpus.stream().mapToInt(Integer::intValue).sum();
    }

    /** Indices of the types, the fastest first. */
    List<Integer> fastestFirst() {
        return FASTEST_FIRST.stream()
                .filter(types::contains)
                .map(types::indexOf)
                .toList();
    }
}
