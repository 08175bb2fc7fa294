package trainyard.sim.inventory;

import java.util.Arrays;

/**
 * The health of every node, GPU and link of a cluster, as the share of its full speed that each has left: 1 is up, 0 is
 * down, anything between is slow. A node that is down takes its GPUs with it, and a slow one slows them.
 */
public final class Inventory {

    private final int gpusPerNode;
    private final double[] nodeSpeed;
    private final double[] gpuSpeed;
    private final double[] linkSpeed;
    /** Parts of each node that are down, itself included, so that asking for a usable node does not look at its GPUs. */
    private final int[] downParts;

    /** Copied when it changes, since changes are told more often. */
    private InventoryListener[] listeners = {};

    /** Everything up. */
    public Inventory(int nodes, int gpusPerNode, int links) {
        this.gpusPerNode = gpusPerNode;
        nodeSpeed = full(nodes);
        gpuSpeed = full(Math.multiplyExact(nodes, gpusPerNode));
        linkSpeed = full(links);
        downParts = new int[nodes];
    }

    private static double[] full(int count) {
        double[] speed = new double[count];
        Arrays.fill(speed, 1);
        return speed;
    }

    public int nodes() {
        return nodeSpeed.length;
    }

    public int gpusPerNode() {
        return gpusPerNode;
    }

    /** Adds a listener behind those that are there. */
    public void addListener(InventoryListener listener) {
        listeners = Arrays.copyOf(listeners, listeners.length + 1);
        listeners[listeners.length - 1] = listener;
    }

    /**
     * Changes the speed of a part and tells the listeners, unless it had that speed.
     *
     * @param speed share of its full speed, in [0, 1]
     */
    public void setSpeed(Part part, double speed) {
        if (!(speed >= 0 && speed <= 1)) {
            throw new IllegalArgumentException("the speed of " + part + " must lie in [0, 1], got " + speed);
        }
        double[] speeds = speeds(part.kind());
        double before = speeds[part.index()];
        if (before != speed) {
            speeds[part.index()] = speed;
            countDown(part, before, speed);
            for (InventoryListener listener : listeners) {
                listener.onChange(part, before, speed);
            }
        }
    }

    private void countDown(Part part, double before, double speed) {
        if (part.kind() != Part.Kind.LINK && (before > 0) != (speed > 0)) {
            int node = part.kind() == Part.Kind.NODE ? part.index() : part.index() / gpusPerNode;
            downParts[node] += speed > 0 ? -1 : 1;
        }
    }

    private double[] speeds(Part.Kind kind) {
        return switch (kind) {
            case NODE -> nodeSpeed;
            case GPU -> gpuSpeed;
            case LINK -> linkSpeed;
        };
    }

    /** Share of its full speed that a part has by itself. */
    public double speed(Part part) {
        return speeds(part.kind())[part.index()];
    }

    /** Whether a node and all its GPUs work, be it slowly. */
    public boolean isUsable(int node) {
        return downParts[node] == 0;
    }
}
