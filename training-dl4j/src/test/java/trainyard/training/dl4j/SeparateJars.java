package trainyard.training.dl4j;

import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.nativecode.NativeCodeException;
import trainyard.training.network.Digits;
import trainyard.training.network.NetworkBackends;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.Batch;
import trainyard.training.problem.Problem;

/** A command of its own: asks for a gradient of DL4J, whose jars are not on its class path. */
final class SeparateJars {

    private SeparateJars() {}

    public static void main(String[] arguments) {
        try {
            Problem problem = NetworkBackends.named("dl4j")
                    .problem(
                            new NetworkSpec.Mlp(List.of(3)),
                            Digits.read(),
                            (batch, rows) -> rows[0] = 7,
                            new RandomStreams(1, 0));
            double[] gradient = new double[problem.parameters()];
            problem.gradient(problem.start(), new Batch(0, 0, 1), gradient);
            System.out.println(gradient[gradient.length - 1] != 0 ? "a gradient" : "none");
        } catch (NativeCodeException missing) {
            System.out.println(missing.getMessage());
        }
    }
}
