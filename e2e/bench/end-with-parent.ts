/** Loaded before a child's own code: the child ends when its parent does, however that ends. */
process.on('disconnect', () => process.exit(1));
// The listener alone would keep a child alive that has nothing left to do.
process.channel?.unref();
