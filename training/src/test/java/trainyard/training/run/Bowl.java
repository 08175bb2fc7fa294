package trainyard.training.run;

import java.util.List;
import trainyard.training.problem.Batch;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.Problem;

/** Half the square of one parameter that starts at 1, with no noise: the least that a rule can be tested with. */
public record Bowl() implements Problem {

    @Override
    public List<ParameterBlock> blocks() {
        return List.of(new ParameterBlock("w", 0, 0, 1, 1));
    }

    @Override
    public double[] start() {
        return new double[] {1};
    }

    @Override
    public void gradient(double[] parameters, Batch batch, double[] gradient) {
        gradient[0] = parameters[0];
    }

    @Override
    public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
        gradient(parameters, new Batch(0, 0, 1), gradient);
    }

    @Override
    public double loss(double[] parameters) {
        return parameters[0] * parameters[0] / 2;
    }
}
