/// The way to a part of a value: spelled out as keys only where somebody asks, which is seldom.
indirect enum CodingPath {
    case root
    case step(CodingPath, any CodingKey)

    var keys: [any CodingKey] {
        var keys: [any CodingKey] = []
        var path = self
        while case .step(let before, let key) = path {
            keys.append(key)
            path = before
        }
        return keys.reversed()
    }
}
