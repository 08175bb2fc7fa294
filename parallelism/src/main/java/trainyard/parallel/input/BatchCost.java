package trainyard.parallel.input;

/**
 * What one micro-batch costs on its path.
 *
 * @param reads reads of the storage, a fraction where the cache has the others
 * @param storageBytes bytes from the storage
 * @param localSeconds reading the rest from the cache of the node
 * @param decodeSeconds time of one core
 * @param copySeconds copy to the GPU
 */
record BatchCost(double reads, double storageBytes, double localSeconds, double decodeSeconds, double copySeconds) {

    /**
     * @param hitShare share of samples that the cache has
     */
    static BatchCost of(InputPath path, InputDemand demand, double hitShare) {
        SampleData data = path.data();
        double miss = 1 - hitShare;
        double bytes = demand.samples() * data.storedBytes();
        double reads = Math.ceil(demand.samples() / (double) data.samplesPerRead());
        return new BatchCost(
                reads * miss,
                bytes * miss,
                bytes * hitShare / path.localBytesPerSecond(),
                demand.samples() * data.decodeSeconds(),
                demand.samples() * data.copiedBytes() / path.copy().bytesPerSecond());
    }
}
