package trainyard.scheduler.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;

/**
 * The sizes of cells, each a multiple of the one before: a GPU; two of them, four and so on while that divides a node; a node; an
 * island and a rack where they hold several.
 */
public final class CellLevels {

    private final List<String> names = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final int nodeLevel;

    private CellLevels(NodePool pool) {
        int perNode = pool.gpusPerNode();
        for (int size = 1; size < perNode && perNode % size == 0; size *= 2) {
            add(size == 1 ? "gpu" : size + "-gpus", size);
        }
        nodeLevel = sizes.size();
        add("node", perNode);
        addGroup("island", Math.min(pool.nodesPerIsland(), pool.nodes()) * perNode);
        addGroup("rack", Math.min(pool.nodesPerRack(), pool.nodes()) * perNode);
    }

    private void add(String name, int size) {
        names.add(name);
        sizes.add(size);
    }

    private void addGroup(String name, int size) {
        int below = sizes.get(sizes.size() - 1);
        if (size > below && size % below == 0) {
            add(name, size);
        }
    }

    /**
     * @throws IllegalArgumentException if the cluster has several pools, which need not be alike
     */
    public static CellLevels of(ClusterLayout layout) {
        if (layout.pools().size() > 1) {
            throw new IllegalArgumentException("cells are those of one pool of nodes");
        }
        return new CellLevels(layout.pools().get(0));
    }

    public int count() {
        return sizes.size();
    }

    /** GPUs of a cell of a level, counted from 0. */
    public int size(int level) {
        return sizes.get(level);
    }

    /** The level of nodes. */
    public int nodeLevel() {
        return nodeLevel;
    }

    /** What cells of each level are called, the smallest first. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** The level of a name. */
    public OptionalInt level(String name) {
        int level = names.indexOf(name);
        return level < 0 ? OptionalInt.empty() : OptionalInt.of(level);
    }

    /** The lowest level whose cells have so many GPUs; {@link #count} if there is none. */
    int levelFor(int gpus) {
        int level = 0;
        while (level < count() && size(level) < gpus) {
            level++;
        }
        return level;
    }

    /** The levels of the largest cells into which so many GPUs of equal nodes are divided, in their order. */
    int[] roots(int gpus) {
        List<Integer> roots = new ArrayList<>();
        int left = gpus;
        for (int level = count() - 1; level >= 0; level--) {
            for (; left >= size(level); left -= size(level)) {
                roots.add(level);
            }
        }
        return roots.stream().mapToInt(Integer::intValue).toArray();
    }
}
