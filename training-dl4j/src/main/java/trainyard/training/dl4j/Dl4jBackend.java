package trainyard.training.dl4j;

import trainyard.sim.random.RandomStreams;
import trainyard.training.network.Dataset;
import trainyard.training.network.NetworkBackend;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.Problem;

/** Networks of DL4J, in double precision and one thread: the same bits in each run on the same machine. */
public final class Dl4jBackend implements NetworkBackend {

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public boolean supports(NetworkSpec network) {
        return true;
    }

    @Override
    public Problem problem(NetworkSpec network, Dataset data, DataOrder order, RandomStreams streams) {
        Nd4jRuntime.start();
        Examples train = Examples.training(data);
        Examples test = Examples.heldOut(data);
        return new Dl4jProblem(LayeredNetworks.of(network, data), train, test, order, streams);
    }
}
