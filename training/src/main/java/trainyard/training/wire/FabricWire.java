package trainyard.training.wire;

import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;
import trainyard.training.clock.Alarms;

/**
 * The fabric of a cluster. Worker i is GPU i; server j has the first GPU of node j behind the nodes of the workers, and its
 * network ports. Messages are flows that share links fairly ({@link FlowNetwork}); collectives take the time of their model.
 */
public final class FabricWire implements Wire {
    private static final int PRIORITY = 0;

    private final Alarms alarms;
    private final FlowNetwork network;
    private final CollectiveModel collectives;
    private final int gpusPerNode;
    private final int gpusPerDomain;
    private final int firstServer;
    private final int servers;
    private double sentBytes;

    /**
     * @param cluster has the nodes of the workers and behind them one node for each server
     * @param workers number of workers
     * @param servers number of parameter servers, 0 where none is used
     * @throws IllegalArgumentException if the cluster has too few nodes
     */
    public FabricWire(Alarms alarms, ClusterSpec cluster, CollectiveModel collectives, int workers, int servers) {
        this.alarms = alarms;
        this.collectives = collectives;
        this.servers = servers;
        gpusPerNode = cluster.gpus() / cluster.nodes();
        gpusPerDomain = cluster.byScaleUpDomain().node().gpus();
        int nodes = nodes(workers, servers, gpusPerNode);
        if (nodes > cluster.nodes()) {
            throw new IllegalArgumentException(workers + " workers and " + servers + " servers need " + nodes
                    + " nodes, and there are " + cluster.nodes());
        }
        firstServer = (nodes - servers) * gpusPerNode;
        network = new FlowNetwork(alarms.simulation(), new LinkState(Topology.build(cluster)));
    }

    /** Nodes that workers and servers need. */
    public static int nodes(int workers, int servers, int gpusPerNode) {
        return (workers + gpusPerNode - 1) / gpusPerNode + servers;
    }

    @Override
    public void push(int worker, double bytes, Runnable arrived) {
        Join join = new Join(servers, arrived);
        for (int server = 0; server < servers; server++) {
            transfer(worker, serverGpu(server), bytes / servers, join);
        }
    }

    @Override
    public void pull(int worker, double bytes, Runnable arrived) {
        Join join = new Join(servers, arrived);
        for (int server = 0; server < servers; server++) {
            transfer(serverGpu(server), worker, bytes / servers, join);
        }
    }

    private int serverGpu(int server) {
        return firstServer + server * gpusPerNode;
    }

    @Override
    public void send(int from, int to, double bytes, Runnable arrived) {
        transfer(from, to, bytes, arrived);
    }

    private void transfer(int fromGpu, int toGpu, double bytes, Runnable arrived) {
        sentBytes += bytes;
        network.transfer(fromGpu, toGpu, bytes, (now, argument) -> arrived.run(), 0);
    }

    @Override
    public void allReduce(int workers, double bytes, Runnable done) {
        sentBytes += 2 * (workers - 1) * bytes;
        collective(Collective.ALL_REDUCE, bytes, workers, done);
    }

    @Override
    public void allGather(int workers, double bytesEach, Runnable done) {
        sentBytes += (double) workers * (workers - 1) * bytesEach;
        collective(Collective.ALL_GATHER, bytesEach * workers, workers, done);
    }

    private void collective(Collective operation, double bytes, int workers, Runnable done) {
        double seconds = workers == 1
                ? 0
                : collectives
                        .time(operation, bytes, GroupShape.filling(workers, gpusPerDomain))
                        .seconds();
        alarms.after(seconds, PRIORITY, done);
    }

    @Override
    public double sentBytes() {
        return sentBytes;
    }

    /** Runs code when a number of parts have arrived. */
    private static final class Join implements Runnable {
        private final Runnable then;
        private int missing;

        Join(int parts, Runnable then) {
            if (parts < 1) {
                throw new IllegalStateException("there is no parameter server");
            }
            missing = parts;
            this.then = then;
        }

        @Override
        public void run() {
            if (--missing == 0) {
                then.run();
            }
        }
    }
}
