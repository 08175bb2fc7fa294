package trainyard.training.compression;

/** What messages do to the values that they carry. */
public interface Codec {

    /**
     * One worker sends alone.
     *
     * @param worker who
     * @param values not changed
     * @param arrived is overwritten with what the receiver reads
     */
    void send(int worker, double[] values, double[] arrived);

    /**
     * Workers send together. The mean of what arrives is what each of them gets.
     *
     * @param workers who, in any order
     * @param values of each, not changed
     * @param arrived part of each in the mean, overwritten
     */
    default void sendTogether(int[] workers, double[][] values, double[][] arrived) {
        for (int i = 0; i < workers.length; i++) {
            send(workers[i], values[i], arrived[i]);
        }
    }
}
