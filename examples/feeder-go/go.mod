module dialproof.example/feeder

go 1.24

require (
	github.com/aws/aws-sdk-go-v2 v1.47.8
	github.com/aws/smithy-go v1.28.8 // indirect
)
