package trainyard.faults.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which shards each replica has: of N shards, replica i has {@code (i + offset) mod N} for each offset.
 *
 * @param offsets different numbers from 0 on, at least one
 */
public record ShardOffsets(List<Integer> offsets) {

    public ShardOffsets {
        offsets = List.copyOf(offsets);
        if (offsets.isEmpty() || new HashSet<>(offsets).size() < offsets.size()) {
            throw new IllegalArgumentException("a replica needs shards, each once, got " + offsets);
        }
    }

    /**
     * Offsets whose differences modulo N are all different, so that two replicas share at most one shard: the least next
     * offset each time that keeps them so.
     *
     * @param shards N, also the number of replicas
     * @param redundancy shards of a replica, at least 1
     * @throws IllegalArgumentException if so few shards do not allow it
     */
    public static ShardOffsets spread(int shards, int redundancy) {
        List<Integer> offsets = new ArrayList<>(List.of(0));
        Set<Integer> differences = new HashSet<>();
        for (int next = 1; offsets.size() < redundancy; next++) {
            if (next >= shards) {
                throw new IllegalArgumentException("no " + redundancy + " offsets of " + shards
                        + " shards keep two replicas from sharing more than one; take less redundancy");
            }
            Set<Integer> more = differences(offsets, next, shards);
            if (more.size() == 2 * offsets.size() && more.stream().noneMatch(differences::contains)) {
                offsets.add(next);
                differences.addAll(more);
            }
        }
        return new ShardOffsets(offsets);
    }

    private static Set<Integer> differences(List<Integer> offsets, int next, int shards) {
        Set<Integer> more = new HashSet<>();
        for (int offset : offsets) {
            more.add(next - offset);
            more.add(offset - next + shards);
        }
        return more;
    }

    /** Whether each shard is left when some replicas are lost. */
    public boolean coversAll(int replicas, BitSet lost) {
        if (lost.cardinality() < offsets.size()) {
            return true;
        }
        for (int shard = 0; shard < replicas; shard++) {
            if (isLost(shard, replicas, lost)) {
                return false;
            }
        }
        return true;
    }

    private boolean isLost(int shard, int replicas, BitSet lost) {
        for (int offset : offsets) {
            if (!lost.get(Math.floorMod(shard - offset, replicas))) {
                return false;
            }
        }
        return true;
    }
}
