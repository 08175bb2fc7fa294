package trainyard.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import trainyard.training.optimizer.Adam;
import trainyard.training.optimizer.VersionedParameters;

/** The steps of Adam beside those of ND4J, which somebody else wrote. */
class AdamOfNd4jTest {
    private static final int PARAMETERS = 40;
    private static final int STEPS = 200;
    private static final double RATE = 0.01;

    /** Next to nothing, since ND4J adds it before the mean square is corrected. */
    private static final double EPSILON = 1e-14;

    @Test
    void bothGoTheSameWay() {
        org.nd4j.linalg.learning.config.Adam stated = org.nd4j.linalg.learning.config.Adam.builder()
                .learningRate(RATE)
                .beta1(0.9)
                .beta2(0.999)
                .epsilon(EPSILON)
                .build();
        GradientUpdater<?> updater =
                stated.instantiate(Nd4j.create(DataType.DOUBLE, 1, stated.stateSize(PARAMETERS)), true);
        VersionedParameters model =
                new VersionedParameters(new double[PARAMETERS], new Adam(0.9, 0.999, EPSILON, 0, false));
        double[] way = new double[PARAMETERS];
        Random random = new Random(3);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = random.doubles(PARAMETERS, -1, 1).toArray();
            model.update(gradient, RATE);
            INDArray update = Nd4j.createFromArray(gradient).reshape(1, PARAMETERS);
            updater.applyUpdater(update, step, 0);
            for (int i = 0; i < PARAMETERS; i++) {
                way[i] -= update.getDouble(0, i);
                assertThat(model.peek()[i]).isCloseTo(way[i], within(1e-9));
            }
        }
    }
}
