package trainyard.training.dl4j.trace;

import java.util.List;

/**
 * One call of ND4J's executioner.
 *
 * @param name ND4J's word for it
 * @param inputs arrays that it reads
 * @param outputs arrays that it writes
 * @param integers whole-number arguments, such as the sizes of windows
 * @param reals other arguments
 */
record Operation(String name, List<Tensor> inputs, List<Tensor> outputs, long[] integers, double[] reals) {

    long read() {
        return inputs.stream().mapToLong(Tensor::length).sum();
    }

    long written() {
        return outputs.stream().mapToLong(Tensor::length).sum();
    }

    @Override
    public String toString() {
        return name + " " + inputs + " -> " + outputs;
    }
}
